package org.kerege.stix;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/// How one version of an object stands to another of the same object. Source: STIX 2.1 §3.6.
public final class Versions {

    /// What becomes of a version that arrives while another is held.
    public enum Relation {
        /// Newer: takes the place of what is held.
        NEWER,
        /// Older than what is held.
        OLDER,
        /// The same version with the same content, however written.
        SAME,
        /// The same version with other content; one of the two is not what the creator published.
        CONFLICT,
        /// Newer than a version that is revoked; there is nothing after a revocation.
        AFTER_REVOCATION,
        /// Names another creator than what is held: only the creator of an object makes versions of it.
        OTHER_CREATOR,
        /// Names another time of creation; that of an object never changes.
        OTHER_CREATION
    }

    private Versions() {}

    /// Judges `arrived` against `held`, the latest version that is held of the same object. A cyber-observable has
    /// one version only, so another content of it is a conflict.
    ///
    /// @throws IllegalArgumentException when the two are not the same object
    public static Relation of(StixObject arrived, StixObject held) {
        if (!arrived.id().equals(held.id())) {
            throw new IllegalArgumentException(arrived.id() + " is not a version of " + held.id());
        }
        Timestamp its = arrived.version();
        Timestamp ours = held.version();
        int order = its == null || ours == null ? 0 : its.compareTo(ours);
        if (order == 0) {
            return digest(arrived).equals(digest(held)) ? Relation.SAME : Relation.CONFLICT;
        }
        if (!Objects.equals(arrived.text("created_by_ref"), held.text("created_by_ref"))) {
            return Relation.OTHER_CREATOR;
        }
        if (!Objects.equals(arrived.created(), held.created())) {
            return Relation.OTHER_CREATION;
        }
        if (order < 0) {
            return Relation.OLDER;
        }
        return held.revoked() ? Relation.AFTER_REVOCATION : Relation.NEWER;
    }

    /// The one with the later time of modification; the first where neither is later or one has no such time.
    public static StixObject later(StixObject one, StixObject other) {
        Timestamp left = one.modified();
        Timestamp right = other.modified();
        return left != null && right != null && right.compareTo(left) > 0 ? other : one;
    }

    /// SHA-256 of an object's canonical JSON, 64 lower-case hexadecimal digits: the same for the same content, with
    /// whatever white space, order of properties and escapes it was sent.
    ///
    /// @throws MalformedStix when a number in it is no finite double. Source: RFC 8785
    public static String digest(StixObject object) {
        return HexFormat.of().formatHex(digestBytes(object));
    }

    /// The 32 bytes of [#digest].
    ///
    /// @throws MalformedStix when a number in it is no finite double. Source: RFC 8785
    public static byte[] digestBytes(StixObject object) {
        try {
            byte[] canonical = CanonicalJson.write(object.json());
            return MessageDigest.getInstance("SHA-256").digest(canonical);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
