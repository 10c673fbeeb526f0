"""Rules of quality as the profile proposes them, and the page on which officers decide on them."""
