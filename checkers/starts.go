package checkers

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes are processed together, each in its own part of a word. Sums of seven bits never carry into the next
// part.
const (
	eachByte = 0x0101010101010101
	high     = 0x80 * eachByte
	low      = 0x7f * eachByte
)

// spaces sets the high bit of every byte of the word that is white space, see isSpace: 9 to 13, and 32.
func spaces(word uint64) uint64 {
	seven := word & low
	blank := low + (seven ^ ' '*eachByte)          // high bit clear: the seven bits are those of a blank
	from9 := seven + (0x80-'\t')*eachByte          // high bit set: at least 9
	from14 := seven + (0x80-('\r'+1))*eachByte     // high bit set: at least 14
	return (^blank | from9&^from14) &^ word & high // and the byte is below 128
}

// tokenStarts counts the bytes that are not white space and follow white space. afterSpace reports whether the first
// byte does. It is a hot path: it reads every byte of a correct output.
func tokenStarts(data []byte, afterSpace bool) int {
	starts := 0
	var before uint64 // 0x80 after white space
	if afterSpace {
		before = 0x80
	}
	for ; len(data) >= 8; data = data[8:] {
		space := spaces(binary.LittleEndian.Uint64(data))
		starts += bits.OnesCount64(^space & high & (space<<8 | before))
		before = space >> 56
	}
	for _, c := range data {
		space := uint64(isSpace[c]) << 7
		starts += int((before &^ space) >> 7)
		before = space
	}
	return starts
}
