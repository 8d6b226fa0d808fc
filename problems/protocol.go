package problems

import "slices"

// Protocol names how an external checker is called and how it answers.
type Protocol uint8

// The protocols; the zero value is none.
const (
	NoProtocol  Protocol = iota
	ICPC                 // output validator of the ICPC problem package format
	Testlib              // checker of testlib.h
	CMS                  // comparator of the Contest Management System
	DMOJ                 // bridged checker of the DMOJ
	DMOJTestlib          // the same of type testlib
	COCI                 // the same of type coci
	PEG                  // the same of type peg
	Sinol                // checker of SIO2 and sinol-make
)

// protocolNames returns the names of the protocols in specs, in the order of their values; NoProtocol has none.
func protocolNames() []string {
	return []string{"", "icpc", "testlib", "cms", "dmoj", "dmoj-testlib", "coci", "peg", "sinol"}
}

// ProtocolNames returns the names of all protocols, as specs write them.
func ProtocolNames() []string { return protocolNames()[1:] }

// InteractorProtocolNames returns the names of the protocols that interactors speak.
func InteractorProtocolNames() []string {
	return slices.DeleteFunc(ProtocolNames(), func(name string) bool { return !ParseProtocol(name).Interacts() })
}

// ParseProtocol returns the protocol of a name; NoProtocol: the name is unknown.
func ParseProtocol(name string) Protocol {
	return Protocol(max(0, slices.Index(protocolNames(), name)))
}

// String returns the name of the protocol, as specs write it.
func (p Protocol) String() string { return protocolNames()[p] }

// Interacts reports whether interactors speak the protocol.
func (p Protocol) Interacts() bool {
	return slices.Contains([]Protocol{ICPC, Testlib, DMOJ, DMOJTestlib, COCI}, p)
}
