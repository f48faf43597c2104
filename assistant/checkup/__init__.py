"""What `hark doctor` looks at: this machine, its sound, the engines; each finding comes with its cure."""
