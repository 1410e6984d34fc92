"""What mentorlog costs, each figure beside a floor or a peer measured in the same run. Never part of the tests."""
