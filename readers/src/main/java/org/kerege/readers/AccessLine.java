package org.kerege.readers;

import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a web server's access log in the common or the combined format, as Apache and nginx write them, perhaps with
/// the name of the virtual host before it. Source: Apache HTTP Server, mod_log_config, "LogFormat".
final class AccessLine implements TextFormat {

    private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(\\S+) )?(\\S+) (\\S+) ([^\\[\"]{1,256}) \\[([^\\]]{1,64})] "
                            + QUOTED
                            + " (\\d{3}) (\\d+|-)(?: "
                            + QUOTED
                            + " "
                            + QUOTED
                            + ")?.*");
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (\\S+)(?: HTTP/[0-9.]+)?");

    @Override
    public boolean read(String line, BiConsumer<String, String> field) {
        int bracket = line.indexOf('[');
        if (bracket < 0 || bracket > 512) {
            return false;
        }
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            return false;
        }
        field.accept("#format", "access");
        give(field, "vhost", form.group(1));
        give(field, "remote", form.group(2));
        give(field, "user", form.group(4));
        give(field, "time", form.group(5));
        give(field, "status", form.group(7));
        give(field, "bytes", form.group(8));
        give(field, "referrer", form.group(9));
        give(field, "agent", form.group(10));
        Matcher request = REQUEST.matcher(form.group(6));
        if (request.matches()) {
            give(field, "method", request.group(1));
            give(field, "uri", request.group(2));
        }
        return true;
    }

    private static void give(
            BiConsumer<String, String> field,
            String name,
            @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            field.accept(name, value);
        }
    }
}
