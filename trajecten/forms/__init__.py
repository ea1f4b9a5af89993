"""Forms of trajectories: what is well formed, and what to say when it is not."""
