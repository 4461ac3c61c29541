package pass

import (
	"encoding/binary"
	"fmt"

	"hoicho/internal/registry"
)

// A voucher has no days in its token: they stand in the list of packs, with its value.
// Bytes 6 to 8 name the pack (10 bits) and the serial in it (14 bits) instead.
const serialBits = 14

// Block is the block in which a code lies, as NewCodeIn takes it.
func Block(code string) int { return int(code[0]-'0')*10 + int(code[1]-'0') }

// voucherTail writes bytes 6 to 8 of a voucher.
func (c Claims) voucherTail(tail []byte) error {
	if c.Pack < 1 || c.Pack > registry.MaxPacks || c.Serial < 1 || c.Serial >= 1<<serialBits {
		return fmt.Errorf("pass: voucher %d of pack %d is out of range", c.Serial, c.Pack)
	}
	n := uint32(c.Pack)<<serialBits | uint32(c.Serial)
	tail[0] = byte(n >> 16)
	binary.BigEndian.PutUint16(tail[1:], uint16(n))
	return nil
}

// readVoucherTail reads bytes 6 to 8 of a voucher; ok is false for what none has.
func readVoucherTail(tail []byte) (pack, serial int, ok bool) {
	n := int(tail[0])<<16 | int(binary.BigEndian.Uint16(tail[1:]))
	pack, serial = n>>serialBits, n&(1<<serialBits-1)
	return pack, serial, pack > 0 && serial > 0
}
