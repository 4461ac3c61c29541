package testkit

import (
	"cmp"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Client is a browser without JavaScript: it keeps cookies, says where requests
// come from as browsers do, and follows no redirect by itself.
type Client struct {
	T    testing.TB
	Base string
	HTTP *http.Client
	// Crossing is what Sec-Fetch-Site says; empty: same-origin.
	Crossing string
	// From is the page that forms stand on, as browsers say it; empty: unsaid.
	From string
}

// Answer is what came back.
type Answer struct {
	Status   int
	Body     string
	Header   http.Header
	Location string
}

// deleted is a date at which no cookie lives: what is set to end before it is
// taken away, on every clock.
var deleted = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

// NewClient returns a browser that is nobody yet.
func NewClient(t testing.TB, base string) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Client{T: t, Base: base, HTTP: &http.Client{Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Get fetches a page.
func (c *Client) Get(path string) Answer {
	c.T.Helper()
	return c.Do(http.MethodGet, path, "", nil)
}

// Post sends a form.
func (c *Client) Post(path string, form url.Values) Answer {
	c.T.Helper()
	return c.Do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// Do sends any request as a page of the same site would.
func (c *Client) Do(method, path, contentType string, body io.Reader) Answer {
	c.T.Helper()
	return c.Send(c.Request(method, path, contentType, body))
}

// Request makes a request as a page of the same site would, for tests that add to
// its header before they Send it.
func (c *Client) Request(method, path, contentType string, body io.Reader) *http.Request {
	c.T.Helper()
	if !strings.HasPrefix(path, "http") {
		path = c.Base + path
	}
	req, err := http.NewRequest(method, path, body)
	if err != nil {
		c.T.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Site", cmp.Or(c.Crossing, "same-origin"))
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if c.From != "" {
		req.Header.Set("Referer", c.Base+c.From)
	}
	return req
}

// Send sends a request and reads the whole answer.
func (c *Client) Send(req *http.Request) Answer {
	c.T.Helper()
	res, err := c.HTTP.Do(req)
	if err != nil {
		c.T.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.T.Fatal(err)
	}
	for _, cookie := range res.Cookies() {
		if cookie.MaxAge == 0 && cookie.Expires.After(deleted) {
			c.T.Errorf("%s: the cookie %s ends by a date, which a wrong clock misreads; say Max-Age", req.URL.Path, cookie.Name)
		}
	}
	return Answer{Status: res.StatusCode, Body: string(raw), Header: res.Header, Location: res.Header.Get("Location")}
}

// SignInAs makes the client the holder of a session of the account.
func (c *Client) SignInAs(token string) {
	c.T.Helper()
	c.SetCookie("s", token)
}

// SetCookie puts a cookie into the jar.
func (c *Client) SetCookie(name, value string) {
	c.T.Helper()
	u, err := url.Parse(c.Base)
	if err != nil {
		c.T.Fatal(err)
	}
	c.HTTP.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// RouteParam finds the parameters of a route's path.
var RouteParam = regexp.MustCompile(`:[a-z]+\??`)

// DialServer connects to a server until the test ends, for so long at most.
func DialServer(t *testing.T, base string, atMost time.Duration) net.Conn {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", "127.0.0.1:"+u.Port())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(MachineNow().Add(atMost))
	return conn
}
