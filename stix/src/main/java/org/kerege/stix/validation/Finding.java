package org.kerege.stix.validation;

/// One thing that is wrong with an object, or could be better.
///
/// @param pointer JSON pointer (RFC 6901) of the value concerned; empty for the whole document
/// @param rule what the standard asks for, in a few words
/// @param section where it says so, such as `STIX 2.1 §3.2`
/// @param message what is wrong here, what is asked for and what to do, in a sentence or two
/// @param severity error or warning
/// @param code for a warning the number of its [Check], such as `103`; for an error one word for the kind of
///     fault, such as `timestamp`
public record Finding(
        String pointer,
        String rule,
        String section,
        String message,
        Severity severity,
        String code) {}
