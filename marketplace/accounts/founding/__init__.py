"""The centre comes to be, and opens when both first administrators have signed in."""
