package org.kerege.pattern.match;

import java.util.Arrays;
import java.util.Optional;

/// An IPv4 or IPv6 address or network in CIDR notation; a single address is a network of one. Bits beyond the
/// prefix are zero here, whatever the text has. Source: STIX 2.1 §6.8, §6.9, §9.6.1; RFC 4291 §2.2; RFC 4632.
public final class Network {

    private final byte[] address;
    private final int prefixBits;

    private Network(byte[] address, int prefixBits) {
        this.address = address;
        this.prefixBits = prefixBits;
        for (int i = 0; i < address.length; i++) {
            int keep = Math.clamp(prefixBits - i * 8L, 0, 8);
            address[i] &= (byte) (0xff00 >> keep);
        }
    }

    /// Reads an address or network; nothing where `text` is neither.
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] address = host.indexOf(':') < 0 ? ipv4(host) : ipv6(host);
        if (address.length == 0) {
            return Optional.empty();
        }
        int bits = address.length * 8;
        int prefix = slash < 0 ? bits : decimal(text.substring(slash + 1), 3, 128);
        return prefix < 0 || prefix > bits
                ? Optional.empty()
                : Optional.of(new Network(address, prefix));
    }

    /// Whether every address of `inner` is one of this network.
    public boolean contains(Network inner) {
        if (address.length != inner.address.length || prefixBits > inner.prefixBits) {
            return false;
        }
        int wholeBytes = prefixBits / 8;
        if (!Arrays.equals(address, 0, wholeBytes, inner.address, 0, wholeBytes)) {
            return false;
        }
        int rest = prefixBits % 8;
        return rest == 0
                || ((address[wholeBytes] ^ inner.address[wholeBytes]) & (0xff00 >> rest) & 0xff)
                        == 0;
    }

    /// 4 or 16 bytes, most significant first; a fresh copy.
    public byte[] address() {
        return address.clone();
    }

    /// Leading bits that all addresses share: 0 to 32 or 128.
    public int prefixBits() {
        return prefixBits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that
                && prefixBits == that.prefixBits
                && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + prefixBits;
    }

    private static byte[] ipv4(String text) {
        String[] parts = text.split("\\.", 5);
        if (parts.length != 4) {
            return new byte[0];
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = decimal(parts[i], 3, 255);
            if (part < 0) {
                return new byte[0];
            }
            address[i] = (byte) part;
        }
        return address;
    }

    private static int decimal(String text, int maxDigits, int max) {
        if (text.isEmpty() || text.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= max ? value : -1;
    }

    private static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return new byte[0];
        }
        byte[] address = new byte[16];
        if (gap < 0) {
            return groups(text, address, 0) == 16 ? address : new byte[0];
        }
        byte[] tail = new byte[16];
        int head = groups(text.substring(0, gap), address, 0);
        int rest = groups(text.substring(gap + 2), tail, 0);
        if (head < 0 || rest < 0 || head + rest > 14) {
            return new byte[0];
        }
        System.arraycopy(tail, 0, address, 16 - rest, rest);
        return address;
    }

    /// Writes the groups of `text` to `into`; how many bytes there were, or -1 where `text` is malformed.
    private static int groups(String text, byte[] into, int from) {
        if (text.isEmpty()) {
            return 0;
        }
        int at = from;
        String[] parts = text.split(":", 9);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] quad = ipv4(parts[i]);
                if (quad.length == 0 || at + 4 > 16) {
                    return -1;
                }
                System.arraycopy(quad, 0, into, at, 4);
                return at + 4;
            }
            int group = hexadecimal(parts[i]);
            if (group < 0 || at + 2 > 16) {
                return -1;
            }
            into[at++] = (byte) (group >> 8);
            into[at++] = (byte) group;
        }
        return at;
    }

    private static int hexadecimal(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
