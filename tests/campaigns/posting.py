"""The settings of the tests, but e-mail goes to the server that `EMAIL_URL` names."""

from marketplace.settings._env import env
from marketplace.settings.test import *  # noqa: F403

vars().update(env.email("EMAIL_URL"))
