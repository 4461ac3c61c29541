package main

import (
	"crypto/x509"
	"encoding/pem"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// deploy is where the samples for administrators stand.
const deploy = "../../data/deploy"

func sampleFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(deploy, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSampleSettingsAreSettings: each variable of the sample is one of serve's.
func TestSampleSettingsAreSettings(t *testing.T) {
	known := map[string]bool{}
	collectEnv(reflect.TypeFor[serveCmd](), known)
	n := 0
	for line := range strings.Lines(sampleFile(t, "hoicho.env")) {
		name, _, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "#"), "=")
		if !ok || !strings.HasPrefix(name, "HOICHO_") {
			continue
		}
		if n++; !known[name] {
			t.Errorf("the sample sets %s, which serve does not know", name)
		}
	}
	if n < 6 || known["HOICHO_NONE"] {
		t.Errorf("the sample sets %d variables", n)
	}
}

// collectEnv gathers the variables of a command's flags, embedded ones too.
func collectEnv(command reflect.Type, into map[string]bool) {
	for field := range command.Fields() {
		if field.Type.Kind() == reflect.Struct {
			collectEnv(field.Type, into)
		}
		if name := field.Tag.Get("env"); name != "" {
			into[name] = true
		}
	}
}

// TestSampleUnitIsTaken asks systemd itself, where it is, with a program that
// exists on every machine.
func TestSampleUnitIsTaken(t *testing.T) {
	unit := sampleFile(t, "hoicho.service")
	if !strings.Contains(unit, "ExecStart=/usr/local/bin/hoicho serve\n") {
		t.Fatal("the unit does not start serve")
	}
	if !strings.Contains(unit, "WorkingDirectory=/var/lib/hoicho\n") {
		t.Error("on PostgreSQL serve makes a folder where it starts, and the unit starts it where nothing may be written")
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Log("systemd is not here: its syntax stays untested")
		return
	}
	verify := func(text string) string {
		file := filepath.Join(t.TempDir(), "hoicho.service")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		said, err := exec.Command(analyze, "verify", "--man=no", file).CombinedOutput()
		if err != nil {
			return string(said) + err.Error()
		}
		return string(said)
	}
	unit = strings.Replace(unit, "/usr/local/bin/hoicho serve", "/bin/true", 1)
	if said := verify(unit); said != "" {
		t.Errorf("systemd says:\n%s", said)
	}
	if said := verify(strings.Replace(unit, "NoNewPrivileges=", "NoNewPrivilege=", 1)); said == "" {
		t.Error("control: systemd took a setting that does not exist")
	}
}

// TestSampleProxyIsTaken asks nginx itself, where it is; a form that Debian 12's
// nginx does not know is refused without it too.
func TestSampleProxyIsTaken(t *testing.T) {
	sites := sampleFile(t, "nginx.conf")
	if strings.Contains(sites, "    http2 on;") {
		t.Error("nginx before 1.25.1 does not know http2 as a directive")
	}
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		t.Log("nginx is not here: its syntax stays untested")
		return
	}
	dir := t.TempDir()
	for name, path := range map[string]string{"fullchain.pem": "cert.pem", "privkey.pem": "key.pem"} {
		sites = strings.ReplaceAll(sites, "/etc/letsencrypt/live/hoicho.example.vn/"+name, filepath.Join(dir, path))
	}
	// nginx -t opens what it listens at: sockets stand for the two ports.
	for _, port := range []string{"80", "443"} {
		sites = strings.ReplaceAll(sites, "    listen "+port, "    listen unix:"+filepath.Join(dir, port))
		sites = strings.ReplaceAll(sites, "    listen [::]:"+port, "    listen unix:"+filepath.Join(dir, port+"six"))
	}
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	pair := server.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	try := func(sites string) string {
		for name, text := range map[string][]byte{
			"cert.pem": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}),
			"key.pem":  pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}),
			"all.conf": []byte("pid pid;\nevents {}\nhttp {\naccess_log off;\n" + sites + "}\n"),
		} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		said, err := exec.Command(nginx, "-t", "-p", dir, "-e", "stderr", "-c", filepath.Join(dir, "all.conf")).CombinedOutput()
		if err != nil {
			return string(said) + err.Error()
		}
		return ""
	}
	if said := try(sites); said != "" {
		t.Errorf("nginx says:\n%s", said)
	}
	if try(strings.Replace(sites, "proxy_pass ", "proxy_pas ", 1)) == "" {
		t.Error("control: nginx took a directive that does not exist")
	}
}
