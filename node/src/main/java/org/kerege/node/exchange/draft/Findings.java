package org.kerege.node.exchange.draft;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/// What can be observed in a text, in the order of the text, each once.
///
/// @param all at most [#MOST]
/// @param more whether there were more
public record Findings(List<Observable> all, boolean more) {

    /// Most observables that are found in one text.
    public static final int MOST = 200;

    /// Longest text, in characters.
    public static final int LONGEST_TEXT = 1_000_000;

    private static final String BETWEEN = " \t\n\r\f\u00a0\"'`<>|;,()“”«»„‘’{}";

    /// Ways in which people keep addresses in reports from being clicked.
    private static final Pattern DOT =
            Pattern.compile(
                    "\\s?(?:\\[\\.]|\\(\\.\\)|\\{\\.}|\\[dot]|\\(dot\\)|\\{dot}|\\[\\.|\\.])\\s?",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern COLON = Pattern.compile("\\[:]|\\(:\\)");
    private static final Pattern SLASHES = Pattern.compile("\\[:?//]|\\[://]");
    private static final Pattern AT =
            Pattern.compile("\\s?(?:\\[@]|\\[at]|\\(at\\)|\\(@\\))\\s?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME =
            Pattern.compile(
                    "\\b(?:hxxp|hXXp|h\\*\\*p|meow|fxp)(s?)(?=:)", Pattern.CASE_INSENSITIVE);

    /// Ends of file names that are no ends of names of hosts, or seldom.
    private static final Set<String> FILE_ENDS =
            Set.of(
                    "exe", "dll", "sys", "bin", "dat", "tmp", "log", "ini", "cfg", "conf", "txt",
                    "pdf", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "rtf",
                    "csv", "json", "xml", "yaml", "yml", "html", "htm", "php", "asp", "aspx", "jsp",
                    "js", "css", "py", "sh", "bat", "cmd", "ps1", "vbs", "hta", "lnk", "iso", "img",
                    "zip", "rar", "gz", "tar", "jar", "apk", "msi", "jpg", "jpeg", "png", "gif",
                    "svg", "md", "java", "class", "elf", "so", "pcap", "evtx", "eml", "msg", "rule",
                    "rules", "yar");

    public Findings {
        all = List.copyOf(all);
    }

    /// Finds them. What was made harmless, as `hxxp://evil[.]example`, is read as what it stands for.
    ///
    /// @throws IllegalArgumentException when the text is longer than [#LONGEST_TEXT]
    public static Findings in(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("the text is longer than " + LONGEST_TEXT);
        }
        Set<Observable> found = new LinkedHashSet<>();
        StringTokenizer words = new StringTokenizer(refanged(text), BETWEEN);
        boolean more = false;
        while (words.hasMoreTokens() && !more) {
            Optional<Observable> read = word(trimmed(words.nextToken()));
            if (read.isPresent() && !found.contains(read.get())) {
                more = found.size() == MOST;
                if (!more) {
                    found.add(read.get());
                }
            }
        }
        return new Findings(new ArrayList<>(found), more);
    }

    /// The text with addresses in their plain form.
    public static String refanged(String text) {
        String plain = SLASHES.matcher(text).replaceAll("://");
        plain = COLON.matcher(plain).replaceAll(":");
        plain = DOT.matcher(plain).replaceAll(".");
        plain = AT.matcher(plain).replaceAll("@");
        return SCHEME.matcher(plain)
                .replaceAll(scheme ->
                        scheme.group().toLowerCase(Locale.ROOT).startsWith("f")
                                ? "ftp" + scheme.group(1)
                                : "http" + scheme.group(1).toLowerCase(Locale.ROOT));
    }

    private static Optional<Observable> word(String word) {
        return Observable.of(word)
                .filter(read ->
                        read.kind() != Observable.Kind.DOMAIN
                                || !FILE_ENDS.contains(
                                        read.value().substring(read.value().lastIndexOf('.') + 1)));
    }

    /// Without the punctuation of the sentence around it.
    private static String trimmed(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && ".:!?*=-[]_\\".indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && ".:!?*=]\\".indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }
}
