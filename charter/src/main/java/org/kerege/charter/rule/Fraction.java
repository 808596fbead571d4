package org.kerege.charter.rule;

import java.math.BigInteger;
import org.kerege.charter.MalformedCharter;

/// A share between nothing and all, exact: no decision turns on a rounded number.
///
/// @param numerator 0 to `denominator`
/// @param denominator 1 to 1,000,000
public record Fraction(int numerator, int denominator) {

    private static final int MAX = 1_000_000;

    public Fraction {
        if (denominator < 1 || denominator > MAX || numerator < 0 || numerator > denominator) {
            throw new MalformedCharter("", numerator + "/" + denominator + " is no share of all");
        }
    }

    /// Reads `2/3` or `55%`.
    ///
    /// @throws MalformedCharter when `text` has another form
    public static Fraction parse(String text) {
        try {
            if (text.endsWith("%")) {
                return new Fraction(Integer.parseInt(text.substring(0, text.length() - 1)), 100);
            }
            String[] parts = text.split("/", -1);
            if (parts.length == 2) {
                return new Fraction(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new MalformedCharter("", "a share is written 2/3 or 55%");
    }

    /// Whether `part` is at least this share of `whole`.
    boolean isReachedBy(long part, long whole) {
        return BigInteger.valueOf(part)
                        .multiply(BigInteger.valueOf(denominator))
                        .compareTo(
                                BigInteger.valueOf(whole).multiply(BigInteger.valueOf(numerator)))
                >= 0;
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
