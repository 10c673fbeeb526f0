"""Settings: `base` is shared; `dev` serves the demo, `production` a real centre."""
