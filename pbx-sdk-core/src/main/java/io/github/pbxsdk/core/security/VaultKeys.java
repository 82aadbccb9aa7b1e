package io.github.pbxsdk.core.security;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a {@link SecretVault} gets its keys; implement it to ask a key server.
 *
 * <p>Both methods are called each time that something is sealed or opened, from many threads at
 * once: what is far away is kept for a while. What they throw reaches the caller of the vault.
 */
public interface VaultKeys {

    /** Returns the key that seals from now on. */
    VaultKey current();

    /** Returns the key with an id, to open what was sealed with it. */
    Optional<VaultKey> find(String keyId);

    /**
     * Returns fixed keys: one that seals, and older ones that only open.
     *
     * @throws IllegalArgumentException if two keys have the same id
     */
    static VaultKeys of(VaultKey current, List<VaultKey> older) {
        Map<String, VaultKey> byId = new HashMap<>();
        byId.put(current.id(), current);
        for (VaultKey key : older) {
            if (byId.putIfAbsent(key.id(), key) != null) {
                throw new IllegalArgumentException("two keys have the id " + key.id());
            }
        }
        return new VaultKeys() {
            @Override
            public VaultKey current() {
                return current;
            }

            @Override
            public Optional<VaultKey> find(String keyId) {
                return Optional.ofNullable(byId.get(keyId));
            }
        };
    }
}
