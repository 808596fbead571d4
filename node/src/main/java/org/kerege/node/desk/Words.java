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

    public Words(String language) {
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

    /// A level of TLP as people write it, or the word for markings that are none.
    public String level(String name) {
        return name.equals(Entry.OTHER) ? of("level.OTHER") : "TLP:" + name.replace('_', '+');
    }

    /// The text of a key for a number, which is `{0}` in it, in the form that the language has for that number: `.one`,
    /// `.few` or `.many`. Source: Unicode CLDR, plural rules of English, Russian and Kyrgyz for whole numbers.
    public String count(String key, long number) {
        return of(key + plural(number), number);
    }

    private String plural(long number) {
        long ten = number % 10;
        long hundred = number % 100;
        boolean teen = hundred >= 11 && hundred <= 14;
        return switch (language()) {
            case "ru" ->
                    ten == 1 && !teen ? ".one" : ten >= 2 && ten <= 4 && !teen ? ".few" : ".many";
            default -> number == 1 ? ".one" : ".many";
        };
    }

    /// The text of a key, with `{0}` and so on filled in.
    public String of(String key, Object... values) {
        return new MessageFormat(texts.getString(key), locale).format(values);
    }

    /// The text of a key; `otherwise` where the desk has no words for it yet.
    public String or(String key, String otherwise) {
        return texts.containsKey(key) ? of(key) : otherwise;
    }
}
