package org.kerege.taxii.client;

import java.net.URI;

/// An API root of another server, TAXII 2.1 §4.2.
///
/// @param address ends with a slash
/// @param title empty where the server gives none
/// @param maxContentLength most bytes of one POST; a server that does not say is taken to mean 1 MiB
public record RemoteRoot(URI address, String title, long maxContentLength) {

    static final long UNSAID_MAX_CONTENT = 1L << 20;
}
