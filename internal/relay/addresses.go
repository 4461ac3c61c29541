package relay

import (
	"net"
	"net/netip"
	"slices"
)

// Addresses lists how phones reach a listener of this machine: by the host that
// was given, else by each IPv4 address that the machine has in a network, those of
// private networks first. A laptop gets another address with every Wi-Fi, so this
// is asked anew each time.
func Addresses(scheme, host string, listener net.Addr) []string {
	bound, port, err := net.SplitHostPort(listener.String())
	if err != nil {
		return nil
	}
	if host != "" {
		return []string{scheme + "://" + net.JoinHostPort(host, port)}
	}
	var list []string
	for _, ip := range reachable(bound) {
		list = append(list, scheme+"://"+net.JoinHostPort(ip.String(), port))
	}
	return list
}

// reachable lists the addresses at which a listener bound to a host is called.
func reachable(bound string) (ips []netip.Addr) {
	if ip, err := netip.ParseAddr(bound); err == nil && !ip.IsUnspecified() {
		return []netip.Addr{ip}
	}
	found, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range found {
		p, err := netip.ParsePrefix(a.String())
		if err == nil && p.Addr().Is4() && !p.Addr().IsLoopback() && !p.Addr().IsLinkLocalUnicast() {
			ips = append(ips, p.Addr())
		}
	}
	slices.SortStableFunc(ips, func(a, b netip.Addr) int {
		rank := map[bool]int{true: 0, false: 1}
		return rank[a.IsPrivate()] - rank[b.IsPrivate()]
	})
	return ips
}
