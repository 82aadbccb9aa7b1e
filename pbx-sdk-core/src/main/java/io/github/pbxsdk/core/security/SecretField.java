package io.github.pbxsdk.core.security;

import java.util.Objects;

/**
 * The place that a sealed secret belongs to: which tenant, which PBX of theirs, which field.
 *
 * <p>What was sealed for one place does not open in another. The three are sealed in, so they must
 * be the same for ever: ids, not names that somebody may change. Where there are no tenants, an
 * empty one will do. They show in error messages and are no secret.
 *
 * <p>Immutable.
 */
public final class SecretField {

    private final String tenant;
    private final String instance;
    private final String field;

    private SecretField(String tenant, String instance, String field) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.instance = Objects.requireNonNull(instance, "instance");
        this.field = Objects.requireNonNull(field, "field");
    }

    /**
     * Returns a place.
     *
     * @param tenant whose it is
     * @param instance which PBX, such as its id in your database
     * @param field what it is, such as {@code ami.secret}
     * @throws IllegalArgumentException if the field is empty
     */
    public static SecretField of(String tenant, String instance, String field) {
        if (field.isEmpty()) {
            throw new IllegalArgumentException("the field of a secret must not be empty");
        }
        return new SecretField(tenant, instance, field);
    }

    /** Returns whose it is. */
    public String tenant() {
        return tenant;
    }

    /** Returns which PBX it is about. */
    public String instance() {
        return instance;
    }

    /** Returns what it is. */
    public String field() {
        return field;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretField that
                && tenant.equals(that.tenant)
                && instance.equals(that.instance)
                && field.equals(that.field);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, instance, field);
    }

    @Override
    public String toString() {
        return "field \""
                + field
                + "\" of instance \""
                + instance
                + "\" of tenant \""
                + tenant
                + "\"";
    }
}
