"""The Qt application: a room per subject, `frame` around them and `kit` below them."""
