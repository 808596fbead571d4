package org.kerege.readers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line of syslog. Of what programs write, the messages of sshd and the commands of sudo and cron are taken apart.
/// Sources: RFC 5424 §6; RFC 3164 §4.1, which has no year: it is taken to be the last in which the time is not after the
/// reading.
final class SyslogLine implements TextFormat {

    private static final Pattern FORM_5424 =
            Pattern.compile(
                    "<(\\d{1,3})>\\d{1,2} (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (-|(?:\\[(?:[^\\]\\\\]|\\\\.)*+])+)(?: (.*))?",
                    Pattern.DOTALL);
    private static final Pattern FORM_3164 =
            Pattern.compile(
                    "(?:<(\\d{1,3})>)?([A-Z][a-z]{2} [ 0-3]?\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT\\S+) (\\S+) ([^\\s:\\[]{1,64})(?:\\[(\\d{1,10})])?: ?(.*)",
                    Pattern.DOTALL);
    private static final Pattern SSHD_PEER =
            Pattern.compile(
                    "\\b(?:from|by|with) (?:invalid |authenticating )?(?:user (\\S+) )?((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*[0-9A-Fa-f])\\b(?: port (\\d{1,5}))?");
    private static final Pattern SSHD_USER =
            Pattern.compile("\\b(?:for|user) (?:invalid user )?(\\S+) from ");
    private static final Pattern COMMAND = Pattern.compile("\\s*(\\S+) : .*\\bCOMMAND=(.*)");
    private static final Pattern CRON = Pattern.compile("\\((\\S+)\\) CMD \\((.*)\\)");
    private static final DateTimeFormatter WITHOUT_YEAR =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern("MMM d HH:mm:ss yyyy")
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(java.time.format.ResolverStyle.LENIENT);

    private final Instant now;

    /// @param now when the log is read
    SyslogLine(Instant now) {
        this.now = now;
    }

    @Override
    public boolean read(String line, BiConsumer<String, String> field) {
        Matcher newer = FORM_5424.matcher(line);
        if (newer.matches()) {
            field.accept("#format", "syslog");
            field.accept("time", newer.group(2));
            field.accept("Hostname", newer.group(3));
            program(newer.group(4), newer.group(5), field);
            message(newer.group(4), newer.group(8) == null ? "" : newer.group(8), field);
            return true;
        }
        Matcher older = FORM_3164.matcher(line);
        if (!older.matches()) {
            return false;
        }
        field.accept("#format", "syslog");
        field.accept("time", time(older.group(2)));
        field.accept("Hostname", older.group(3));
        program(older.group(4), older.group(5), field);
        message(older.group(4), older.group(6), field);
        return true;
    }

    private static void program(
            String name, @Nullable String process, BiConsumer<String, String> field) {
        field.accept("program", name);
        if (process != null) {
            field.accept("pid", process);
        }
    }

    private static void message(String program, String text, BiConsumer<String, String> field) {
        field.accept("message", text);
        switch (program) {
            case "sshd" -> sshd(text, field);
            case "sudo" -> command(COMMAND.matcher(text), field);
            case "CRON", "cron", "crond" -> command(CRON.matcher(text), field);
            default -> {
                // Of other programs the message stays whole.
            }
        }
    }

    private static void sshd(String text, BiConsumer<String, String> field) {
        Matcher peer = SSHD_PEER.matcher(text);
        if (peer.find()) {
            field.accept("sshd.ip", peer.group(2));
            give(field, "sshd.port", peer.group(3));
            Matcher user = SSHD_USER.matcher(text);
            give(field, "sshd.user", user.find() ? user.group(1) : peer.group(1));
        }
    }

    private static void command(Matcher said, BiConsumer<String, String> field) {
        if (said.matches()) {
            field.accept("user", said.group(1));
            field.accept("command", said.group(2));
        }
    }

    private static void give(
            BiConsumer<String, String> field, String name, @Nullable String value) {
        if (value != null) {
            field.accept(name, value);
        }
    }

    private String time(String written) {
        if (Character.isDigit(written.charAt(0))) {
            return written;
        }
        int year = now.atZone(ZoneOffset.UTC).get(ChronoField.YEAR);
        Instant latest = now.plus(Duration.ofDays(1));
        try {
            Instant here = in(written, year);
            return (here.isAfter(latest) ? in(written, year - 1) : here).toString();
        } catch (DateTimeException e) {
            return written;
        }
    }

    private static Instant in(String written, int year) {
        return LocalDateTime.parse(written.replaceAll(" +", " ") + " " + year, WITHOUT_YEAR)
                .toInstant(ZoneOffset.UTC);
    }
}
