package main

import (
	"context"
	"net"
)

// listenSocket opens a socket with the rights of its folder, as all files there have
// them. One that a server left behind is replaced: the caller holds the lock of the
// database.
func listenSocket(path string) (net.Listener, error) {
	if err := removeSocket(path); err != nil {
		return nil, err
	}
	return net.Listen("unix", path)
}

// dialSocket connects to a socket.
func dialSocket(ctx context.Context, path string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, "unix", path)
}
