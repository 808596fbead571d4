package org.kerege.node.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.kerege.stix.StixId;

/// Organisations have names for people and the identifier of a STIX identity for everything else. One without a
/// stated identifier gets one that follows from its name, so that nodes agree on it.
public final class Organisations {

    private final Map<String, StixId> identities;
    private final Map<StixId, String> names = new HashMap<>();

    Organisations(Map<String, StixId> identities) {
        this.identities = Map.copyOf(identities);
        identities.forEach((name, id) -> names.put(id, name));
    }

    /// The identifier of the organisation that runs a node, as its members file gives it or else its name.
    ///
    /// @param members the file `members.yaml`, which need not be there
    public static StixId own(String organisation, Path members) throws IOException {
        Map<String, StixId> stated = new HashMap<>();
        if (Files.exists(members)) {
            MembersFile.read(members)
                    .organisations()
                    .forEach(one -> stated.put(one.name(), one.identity()));
        }
        return new Organisations(stated).identity(organisation);
    }

    /// The identifier of an organisation that is named, by its name or by the identifier itself.
    public StixId identity(String name) {
        StixId stated = identities.get(name);
        if (stated != null) {
            return stated;
        }
        return name.startsWith("identity--") ? StixId.parse(name) : derived(name);
    }

    /// Whether an organisation of that name is stated or has an agreement.
    public boolean knows(String name) {
        return identities.containsKey(name);
    }

    /// The name of an organisation; its identifier where none is known.
    public String name(StixId identity) {
        return names.getOrDefault(identity, identity.toString());
    }

    static StixId derived(String name) {
        return new StixId(
                "identity",
                UUID.nameUUIDFromBytes(
                        ("kerege organisation " + name).getBytes(StandardCharsets.UTF_8)));
    }
}
