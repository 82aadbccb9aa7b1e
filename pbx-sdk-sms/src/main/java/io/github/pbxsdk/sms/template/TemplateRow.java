package io.github.pbxsdk.sms.template;

import io.github.pbxsdk.core.message.Address;
import java.util.Map;
import java.util.Objects;

/**
 * One recipient of a template.
 *
 * @param to who gets the text
 * @param values what stands in the gaps, by name
 */
public record TemplateRow(Address to, Map<String, String> values) {

    /** Copies the values. */
    public TemplateRow {
        Objects.requireNonNull(to, "to");
        values = Map.copyOf(values);
    }

    /** Returns the recipient in a form that does not give him away, without the values. */
    @Override
    public String toString() {
        return "TemplateRow[" + to.masked() + "]";
    }
}
