package org.kerege.pattern;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import org.kerege.stix.Timestamp;

/// A constant of a pattern. Source: STIX 2.1 §9.2.
public sealed interface Constant {

    /// `'…'`; without the quotes and escapes of the text.
    record Text(String value) implements Constant {}

    /// An integer of any size.
    record Whole(BigInteger value) implements Constant {}

    /// A number with a decimal point, exactly as written; equal to another of equal value and scale.
    record Decimal(BigDecimal value) implements Constant {}

    /// `true` or `false`.
    record Truth(boolean value) implements Constant {}

    /// `t'…'`, any number of fractional digits.
    record Moment(Timestamp value) implements Constant {}

    /// `b'…'`.
    ///
    /// @param base64 with padding, RFC 4648 §4
    record Binary(String base64) implements Octets {
        @Override
        public byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }
    }

    /// `h'…'`.
    ///
    /// @param digits an even number of hexadecimal digits
    record Hex(String digits) implements Octets {
        @Override
        public byte[] bytes() {
            return HexFormat.of().parseHex(digits);
        }
    }

    /// A constant that stands for bytes.
    sealed interface Octets extends Constant {

        /// A fresh copy of the bytes.
        byte[] bytes();
    }
}
