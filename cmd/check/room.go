package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// roomNeeded is about what a check takes on the disk while it runs: test programs with the
// race detector, databases, browser profiles.
const roomNeeded = 5 << 30

// lackOfRoom says which of the folders that a check fills has too little room for it, and what
// to do; "" where both have enough. Without this a full disk is a hundred faults of which
// none says why.
func lackOfRoom(ctx context.Context, free func(folder string) (bytes uint64, known bool)) string {
	cache, _ := exec.CommandContext(ctx, "go", "env", "GOCACHE").Output()
	for _, folder := range []string{os.TempDir(), strings.TrimSpace(string(cache))} {
		if bytes, known := free(folder); known && bytes < roomNeeded {
			return fmt.Sprintf("%d MB are free in %s, a check takes about %d MB: remove what is not needed there, or empty Go's cache with go clean -cache",
				bytes>>20, folder, roomNeeded>>20)
		}
	}
	return ""
}
