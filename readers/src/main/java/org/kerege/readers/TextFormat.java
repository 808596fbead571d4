package org.kerege.readers;

import java.util.function.BiConsumer;

/// A way to write an event as one line of text.
interface TextFormat {

    /// Reads a line of this form.
    ///
    /// @param field takes each field's name and value; one that begins with `#` is not the log's own
    /// @return false where the line has another form; nothing may have been handed out then
    boolean read(String line, BiConsumer<String, String> field);
}
