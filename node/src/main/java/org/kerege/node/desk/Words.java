package org.kerege.node.desk;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/// The desk's texts in one language.
public final class Words {

    static final List<String> LANGUAGES = List.of("en", "ru", "ky");

    private final Locale locale;
    private final ResourceBundle texts;

    Words(String language) {
        this.locale = Locale.of(LANGUAGES.contains(language) ? language : "en");
        this.texts =
                ResourceBundle.getBundle(
                        "desk.words",
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public String language() {
        return locale.getLanguage();
    }

    /// The text of a key, with `{0}` and so on filled in.
    public String of(String key, Object... values) {
        return new MessageFormat(texts.getString(key), locale).format(values);
    }
}
