"""Both services simulated over real HTTP on loopback: for the demo, for trying out and for the tests."""
