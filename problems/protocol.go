package problems

import "slices"

// protocolNames are the names of the protocols in specs, in the order of their values; NoProtocol has none.
func protocolNames() []string {
	return []string{"", "icpc", "testlib", "cms", "dmoj", "dmoj-testlib", "coci", "peg"}
}

// ProtocolNames returns the names of all protocols, as specs write them.
func ProtocolNames() []string { return protocolNames()[1:] }

// ParseProtocol returns the protocol of a name, NoProtocol if there is none.
func ParseProtocol(name string) Protocol {
	return Protocol(max(0, slices.Index(protocolNames(), name)))
}

// String returns the name of the protocol, as specs write it.
func (p Protocol) String() string { return protocolNames()[p] }

// Interacts reports whether interactors speak the protocol.
func (p Protocol) Interacts() bool {
	return slices.Contains([]Protocol{ICPC, Testlib, DMOJ, DMOJTestlib, COCI}, p)
}
