//go:build !windows

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
)

// longestAddress is how long the path of a socket may be on every system.
const longestAddress = 100

// listenSocket opens a socket that only this account, and root, can connect to. One
// that a server left behind is replaced: the caller holds the lock of the database.
// It gets its name once its rights are set, so that nobody comes in between.
func listenSocket(path string) (net.Listener, error) {
	private := path + ".new"
	if err := os.RemoveAll(private); err != nil {
		return nil, err
	}
	if err := os.Mkdir(private, 0o700); err != nil {
		return nil, err
	}
	defer os.RemoveAll(private)
	made := filepath.Join(private, "s")
	var door *net.UnixListener
	err := shortened(made, func(address string) (err error) {
		door, err = net.ListenUnix("unix", &net.UnixAddr{Name: address, Net: "unix"})
		return err
	})
	if err != nil {
		return nil, err
	}
	door.SetUnlinkOnClose(false) // it would remove the name that it was made under
	if err := errors.Join(os.Chmod(made, 0o600), os.Rename(made, path)); err != nil {
		return nil, errors.Join(err, door.Close())
	}
	return door, nil
}

// dialSocket connects to a socket.
func dialSocket(ctx context.Context, path string) (conn net.Conn, err error) {
	err = shortened(path, func(address string) (err error) {
		conn, err = new(net.Dialer).DialContext(ctx, "unix", address)
		return err
	})
	return conn, err
}

// shortened calls use with a path that fits into the address of a socket: one that
// is too long goes through the open folder, where the system shows it.
func shortened(path string, use func(address string) error) error {
	if len(path) <= longestAddress {
		return use(path)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return use(fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path)))
}
