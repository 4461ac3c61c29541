//go:build !linux

package main

import "os/exec"

// become leaves the command under our own account: only Linux can change it.
func become(*exec.Cmd, *account) {}

// ownGroup leaves the command in our own process group.
func ownGroup(*exec.Cmd) {}

// freeRoom cannot tell: only Linux is asked.
func freeRoom(string) (bytes uint64, known bool) { return 0, false }
