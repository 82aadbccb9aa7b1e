package io.github.pbxsdk.sms.template;

import io.github.pbxsdk.core.state.StateStore;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Where templates are kept, by name.
 *
 * <p>{@link #in} keeps them in a {@link StateStore}: in memory, in a folder, or in a database that
 * several processes share. Implement it where the templates live in a table of your own.
 */
public interface TemplateStore {

    /** Returns a store that keeps them in a state store, which it leaves open. */
    static TemplateStore in(StateStore store) {
        return new StoredTemplates(store);
    }

    /** Returns a store that forgets everything with the process. */
    static TemplateStore inMemory() {
        return in(StateStore.inMemory());
    }

    /** Returns a template, if there is one of this name. */
    Optional<MessageTemplate> find(String name);

    /**
     * Returns the template of this name.
     *
     * @throws NoSuchElementException if there is none
     */
    default MessageTemplate get(String name) {
        return find(name)
                .orElseThrow(() -> new NoSuchElementException("no template is named " + name));
    }

    /** Returns all templates in the order of their names. */
    List<MessageTemplate> list();

    /** Keeps a template in place of the one that may have its name. */
    void save(MessageTemplate template);

    /** Forgets a template; no harm is done when there is none. */
    void delete(String name);
}
