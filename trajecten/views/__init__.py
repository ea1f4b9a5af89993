"""Pages of trajectories. Each view loads (which is also the permission), handles its form, acts and renders."""
