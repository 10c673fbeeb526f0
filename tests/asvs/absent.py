"""What the centre does not have, and by which packages and words it would be known."""

from __future__ import annotations

ABSENT: dict[str, tuple[str, ...]] = {
    "LDAP": ("ldap", "ldap3", "django_auth_ldap"),
    "XPath": ("lxml", "elementpath", "xml.etree", "defusedxml"),
    "LaTeX": ("latex", "pylatex", "pdflatex"),
    "rich text": ("bleach", "nh3", "ckeditor", "tinymce", "django_summernote"),
    "markup": ("markdown", "mistune", "bbcode", "docutils", "xslt", "lesscpy", "sass"),
    "JNDI": ("jpype", "jnius", "py4j"),
    "memcache": ("memcache", "pylibmc", "pymemcache"),
    # By `ctypes` some processes ask the system to close them off, or to end with their parent.
    "unmanaged code": ("cffi", "Cython", "pybind11", "cython"),
    "images": ("PIL", "cv2", "imageio", "wand"),
    "telephones": ("twilio", "vonage", "allauth.phone", "phonenumber_field"),
    "push messages": ("pyfcm", "firebase_admin", "apns2", "pywebpush"),
    "identity providers": (
        *("allauth.socialaccount", "social_django", "oidc_provider", "saml2", "onelogin"),
        *("oauth2_provider", "authlib", "jwt", "django_cas_ng"),
    ),
}
"""Modules of each."""
