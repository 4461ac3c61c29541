package demo_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// auditLinks follows every link of the audit log as each role that may read it: whoever
// is shown a link may open it.
func (d filled) auditLinks(t *testing.T) {
	const log = "/quan-ly/nhat-ky"
	followed := 0
	for _, role := range registry.Roles {
		_, token := d.k.Officer(role, "19")
		c := testkit.NewClient(t, d.c.Base)
		c.SignInAs(token)
		seen := map[string]bool{}
		for queue := []string{log}; len(queue) > 0; queue = queue[1:] {
			got := c.Get(queue[0])
			if got.Status >= 400 && (queue[0] != log || role.Allows(registry.ViewAudit)) {
				t.Errorf("%s is shown %s, which answers %d", role, queue[0], got.Status)
			}
			if got.Status != 200 || queue[0] != log && !strings.HasPrefix(queue[0], log+"?truoc=") {
				continue
			}
			for _, a := range testkit.Page(t, got.Body).Find("main a").Each() {
				href, _, _ := strings.Cut(a.Attr("href"), "#")
				if narrowed := strings.HasPrefix(href, log) && !strings.HasPrefix(href, log+"?truoc="); href == "" || narrowed || seen[href] {
					continue
				}
				seen[href] = true
				queue = append(queue, href)
				followed++
			}
		}
	}
	if followed < 100 {
		t.Errorf("only %d links", followed)
	}
}
