"""Records of computers, what they say of somebody, and what they are asked."""
