package org.kerege.pattern.enforce;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A web address taken apart as a request shows it. Source: RFC 3986 §3, RFC 9112 §3.2.
///
/// @param host in lower case, as the Host header has it without port
/// @param port 0 for the usual one
/// @param target path and query, at least `/`
record WebAddress(String scheme, String host, int port, String target) {

    private static final Pattern FORM =
            Pattern.compile("(?i)(https?)://([^/?#:@\\[\\]\\s]+)(?::(\\d{1,5}))?([/?][^#]*)?");

    /// @throws Inexpressible when it is none, or has a part that no request shows
    static WebAddress of(String url) throws Inexpressible {
        Matcher parts = FORM.matcher(url);
        if (!parts.matches() || url.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new Inexpressible("its address is not of the form that a request shows");
        }
        String rest = parts.group(4) == null ? "/" : parts.group(4);
        int port = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        if (port > 65_535) {
            throw new Inexpressible("its address is not of the form that a request shows");
        }
        return new WebAddress(
                parts.group(1).toLowerCase(Locale.ROOT),
                Hosts.onTheWire(parts.group(2)),
                port,
                rest.startsWith("/") ? rest : "/" + rest);
    }
}
