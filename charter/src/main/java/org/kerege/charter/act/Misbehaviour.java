package org.kerege.charter.act;

/// Two different acts of one number, both signed by one key: the key's holder told two stories, and whoever has both
/// acts can show it.
public record Misbehaviour(String key, long number, Act one, Act other) {}
