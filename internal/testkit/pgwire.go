package testkit

import (
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Postbox stands between a program and a PostgreSQL server, which can be made to
// hang: it takes what is sent and answers nothing.
type Postbox struct {
	// URL is the database through the box.
	URL string

	mu     sync.Mutex
	freed  chan struct{} // closed while bytes flow
	closed chan struct{}
}

// NewPostbox puts a box before the database of a URL whose server listens on a
// socket in a folder.
func NewPostbox(t testing.TB, databaseURL string) *Postbox {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil || u.Query().Get("host") == "" {
		Missing(t, "the PostgreSQL server of the tests listens on no socket: %s", databaseURL)
	}
	dir, err := os.MkdirTemp("", "pgbox-") // short: a socket's path is bounded
	if err != nil {
		t.Fatal(err)
	}
	const name = ".s.PGSQL.5432"
	l, err := net.Listen("unix", filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	b := &Postbox{freed: make(chan struct{}), closed: make(chan struct{})}
	close(b.freed)
	go b.accept(l, filepath.Join(q.Get("host"), name))
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	b.URL = u.String()
	t.Cleanup(func() {
		close(b.closed)
		l.Close()
		os.RemoveAll(dir)
	})
	return b
}

// Hang lets nothing through from now on.
func (b *Postbox) Hang() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.freed = make(chan struct{})
}

// Free lets everything through again.
func (b *Postbox) Free() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.freed)
}

func (b *Postbox) accept(l net.Listener, server string) {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		go b.carry(near, server)
	}
}

func (b *Postbox) carry(near net.Conn, server string) {
	defer near.Close()
	far, err := net.Dial("unix", server)
	if err != nil {
		return
	}
	defer far.Close()
	go func() {
		io.Copy(near, far)
		near.Close()
	}()
	buf := make([]byte, 32<<10)
	for {
		n, err := near.Read(buf)
		if err != nil {
			return
		}
		b.mu.Lock()
		freed := b.freed
		b.mu.Unlock()
		select {
		case <-freed:
		case <-b.closed:
			return
		}
		if _, err := far.Write(buf[:n]); err != nil {
			return
		}
	}
}
