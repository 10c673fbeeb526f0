from typing import Any

from marketplace.web.bounded import serializers


class AssertionIn(serializers.Serializer[Any]):
    """What a passkey answered, each in base64url without padding.

    It signs as challenge the SHA-256 of: the ASCII words `contract-signature/v1`, a zero byte, the
    32 bytes of the text's digest, the 16 bytes of the contract's UUID, and `seller` or `buyer`.
    """

    credential_id = serializers.CharField()
    client_data = serializers.CharField()
    authenticator_data = serializers.CharField()
    signature = serializers.CharField()


class SignIn(serializers.Serializer[Any]):
    """The digest of the text that was read.

    With an assertion it is a signature by passkey; else an acceptance witnessed by the centre, for
    which the code is needed that the person's authenticator app shows at this moment. Each code
    serves once.
    """

    digest = serializers.CharField()
    assertion = AssertionIn(required=False)
    code = serializers.CharField(required=False, max_length=12, write_only=True)
