"""Settings: `base` is shared, `dev` serves the demo, `test` the tests, `production` a real centre."""
