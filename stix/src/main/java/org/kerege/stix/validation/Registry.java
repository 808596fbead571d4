package org.kerege.stix.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Names that others register, as of the files beside this class: one name a line, `#` before a remark.
final class Registry {

    /// IANA: preferred MIME name of each character set, any case.
    static final Registry CHARACTER_SETS =
            new Registry("charsets.txt", name -> name.toLowerCase(Locale.ROOT));

    /// IANA: information elements of IPFIX.
    static final Registry IPFIX_ELEMENTS = new Registry("ipfix-elements.txt");

    /// IANA: media types.
    static final Registry MEDIA_TYPES = new Registry("media-types.txt");

    /// IANA: services and transport protocols.
    static final Registry SERVICE_NAMES = new Registry("service-names.txt");

    /// Headers of Windows and Linux: socket options.
    static final Registry SOCKET_OPTIONS = new Registry("socket-options.txt");

    private final UnaryOperator<String> form;
    private final Set<String> names;

    private Registry(String file) {
        this(file, UnaryOperator.identity());
    }

    private Registry(String file, UnaryOperator<String> form) {
        this.form = form;
        this.names = read(file, form);
    }

    boolean contains(String name) {
        return names.contains(form.apply(name));
    }

    private static Set<String> read(String file, UnaryOperator<String> form) {
        try (InputStream in = Registry.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("missing from the library: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(form)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
