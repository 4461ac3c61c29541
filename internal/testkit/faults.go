package testkit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// faultLog gathers what the pages of a tab do wrong. hear is called by the
// goroutine that reads the browser's messages.
type faultLog struct {
	mu      sync.Mutex
	faults  []string
	allowed []string
	hosts   []string
	urls    map[network.RequestID]string
}

func newFaultLog() *faultLog {
	return &faultLog{urls: map[network.RequestID]string{}}
}

func (f *faultLog) allowHost(address string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if u, err := url.Parse(address); err == nil {
		f.hosts = append(f.hosts, u.Host)
	}
}

func (f *faultLog) allow(texts []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.allowed = append(f.allowed, texts...)
}

// take returns the faults that nobody expected and forgets them.
func (f *faultLog) take() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	found := slices.DeleteFunc(f.faults, func(fault string) bool {
		return slices.ContainsFunc(f.allowed, func(text string) bool { return strings.Contains(fault, text) })
	})
	f.faults = nil
	return found
}

func (f *faultLog) add(format string, args ...any) {
	f.faults = append(f.faults, fmt.Sprintf(format, args...))
}

func (f *faultLog) hear(event any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			f.add("console: %s", spell(e.Args))
		}
	case *runtime.EventExceptionThrown:
		f.add("exception: %s", spellException(e.ExceptionDetails))
	case *cdplog.EventEntryAdded:
		// Failed requests come as network events too, with their kind.
		if e.Entry.Level == cdplog.EntryLevelError && e.Entry.Source != cdplog.EntrySourceNetwork {
			f.add("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		f.sent(e)
	case *network.EventResponseReceived:
		// A page itself may well answer 404 or 422: the test looks at that.
		if e.Response.Status >= 400 && e.Type != network.ResourceTypeDocument {
			f.add("%d for %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			f.add("not loaded: %s: %s %s", f.urls[e.RequestID], e.ErrorText, e.BlockedReason)
		}
	}
}

// sent notes the address of a request and whether its host was ever opened.
func (f *faultLog) sent(e *network.EventRequestWillBeSent) {
	f.urls[e.RequestID] = e.Request.URL
	u, err := url.Parse(e.Request.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	if !slices.Contains(f.hosts, u.Host) {
		f.add("request to another host: %s", e.Request.URL)
	}
}

func spell(args []*runtime.RemoteObject) string {
	words := make([]string, len(args))
	for i, a := range args {
		if err := json.Unmarshal(a.Value, &words[i]); err != nil {
			words[i] = cmp.Or(a.Description, string(a.Value))
		}
	}
	return strings.Join(words, " ")
}

func spellException(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}
