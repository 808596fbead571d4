package org.kerege.stix.validation;

import java.util.Locale;
import java.util.Set;

/// Header fields of HTTP requests in common use, in lower case. Source: the IANA registry of field names and
/// browsers in use.
final class HttpHeaders {

    private static final Set<String> REQUEST =
            Set.of(
                    "accept",
                    "accept-charset",
                    "accept-datetime",
                    "accept-encoding",
                    "accept-language",
                    "authorization",
                    "cache-control",
                    "connection",
                    "content-encoding",
                    "content-length",
                    "content-md5",
                    "content-type",
                    "cookie",
                    "date",
                    "dnt",
                    "expect",
                    "forwarded",
                    "from",
                    "front-end-https",
                    "host",
                    "if-match",
                    "if-modified-since",
                    "if-none-match",
                    "if-range",
                    "if-unmodified-since",
                    "max-forwards",
                    "origin",
                    "pragma",
                    "proxy-authorization",
                    "proxy-connection",
                    "range",
                    "referer",
                    "te",
                    "transfer-encoding",
                    "upgrade",
                    "user-agent",
                    "via",
                    "warning",
                    "x-att-deviceid",
                    "x-correlation-id",
                    "x-csrf-token",
                    "x-forwarded-for",
                    "x-forwarded-host",
                    "x-forwarded-proto",
                    "x-http-method-override",
                    "x-request-id",
                    "x-requested-with",
                    "x-uidh",
                    "x-wap-profile");

    private HttpHeaders() {}

    static boolean isRequestHeader(String name) {
        return REQUEST.contains(name.toLowerCase(Locale.ROOT));
    }
}
