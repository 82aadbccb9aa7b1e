package io.github.pbxsdk.freepbx;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A query with its parameters, which are never part of its text. */
final class SqlText {

    private final StringBuilder text;
    private final List<Object> parameters = new ArrayList<>();

    SqlText(String text) {
        this.text = new StringBuilder(text);
    }

    void add(Object parameter) {
        parameters.add(parameter);
    }

    void and(String condition, Object parameter) {
        text.append(" AND ").append(condition);
        parameters.add(parameter);
    }

    void end(String words) {
        text.append(words);
    }

    String text() {
        return text.toString();
    }

    void fill(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object parameter = parameters.get(i);
            if (parameter instanceof Long number) {
                statement.setLong(i + 1, number);
            } else {
                statement.setString(i + 1, parameter.toString());
            }
        }
    }
}
