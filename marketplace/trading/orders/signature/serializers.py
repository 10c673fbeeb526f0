from marketplace.trading.orders.signature.services import sign_contract
from marketplace.web.taking import serializer_of

SignIn = serializer_of(
    sign_contract,
    name="SignIn",
    about=(
        "The digest of the text that was read.\n\n"
        "With an assertion it is a signature by passkey; else an acceptance witnessed by the "
        "centre, for which the code is needed that the person's authenticator app shows at this "
        "moment. Each code serves once."
    ),
)
