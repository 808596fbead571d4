package org.kerege.node.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// What counts as one place in the net: an address of version 4, or the 64 bits of version 6 that one site has.
final class Network {

    private static final int SITE_BYTES = 8;

    private Network() {}

    /// @param address as the container gives it: literal, so that nothing is looked up
    static String of(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress();
            }
            byte[] site = Arrays.copyOf(parsed.getAddress(), parsed.getAddress().length);
            Arrays.fill(site, SITE_BYTES, site.length, (byte) 0);
            return InetAddress.getByAddress(site).getHostAddress() + "/64";
        } catch (IllegalArgumentException | UnknownHostException e) {
            return "";
        }
    }
}
