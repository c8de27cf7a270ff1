package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Finds the fields whose new value is made of the old one, so that the same body run twice leaves something else. */
final class Accumulations {

    /** Where the same element twice stands twice; a set keeps it once. */
    private static final Set<String> LISTS = Set.of(
            "java.util.List",
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.Collection",
            "java.util.Queue",
            "java.util.Deque",
            "java.util.ArrayDeque");

    private final MethodNode method;
    private final ControlFlow flow;

    Accumulations(MethodNode method, ControlFlow flow) {
        this.method = method;
        this.flow = flow;
    }

    List<Store> read() {
        List<Store> found = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof FieldInsnNode field && insn.getOpcode() == Opcodes.PUTFIELD) {
                if (isMadeOf(topAt(insn), source -> isRead(source, field))) {
                    found.add(store(field));
                }
            } else if (insn instanceof MethodInsnNode call) {
                if (isAddition(call)) {
                    fieldsIn(flow.operandsOf(call)).forEach(field -> found.add(store(field)));
                } else if (isSetter(call) && isMadeOf(topAt(insn), source -> isGetter(source, call))) {
                    found.add(new Store(
                            Type.getObjectType(call.owner).getClassName(), call.name.substring(3), Origin.none()));
                }
            }
        }
        return found;
    }

    private static Store store(FieldInsnNode field) {
        return new Store(Type.getObjectType(field.owner).getClassName(), field.name, Origin.none());
    }

    private static boolean isSetter(MethodInsnNode call) {
        return call.name.startsWith("set") && Type.getArgumentTypes(call.desc).length == 1;
    }

    /** Of the same property, as {@code account.setSum(account.getSum() + more)} has it. */
    private static boolean isGetter(AbstractInsnNode source, MethodInsnNode setter) {
        String property = setter.name.substring(3);
        return source instanceof MethodInsnNode getter
                && getter.owner.equals(setter.owner)
                && (getter.name.equals("get" + property)
                        || getter.name.equals("is" + property)
                        || getter.name.equalsIgnoreCase(property));
    }

    private List<SourceValue> topAt(AbstractInsnNode taking) {
        Frame<SourceValue> frame = flow.frames()[method.instructions.indexOf(taking)];
        return frame == null ? List.of() : List.of(frame.getStack(frame.getStackSize() - 1));
    }

    /** By arithmetic, or by a call on the old value or with it. The old value itself, put back, changes nothing. */
    private boolean isMadeOf(List<SourceValue> value, Predicate<AbstractInsnNode> isOld) {
        Deque<SourceValue> open = new ArrayDeque<>(value);
        Set<AbstractInsnNode> seen = new HashSet<>();
        boolean isItself = true;
        while (!open.isEmpty()) {
            for (AbstractInsnNode source : flow.inOrder(open.poll())) {
                if (seen.add(source)) {
                    if (isOld.test(source) && !isItself) {
                        return true;
                    }
                    open.addAll(flow.operandsOf(source));
                }
            }
            isItself = false;
        }
        return false;
    }

    private static boolean isRead(AbstractInsnNode source, FieldInsnNode field) {
        return source instanceof FieldInsnNode read
                && read.getOpcode() == Opcodes.GETFIELD
                && read.owner.equals(field.owner)
                && read.name.equals(field.name);
    }

    private static boolean isAddition(MethodInsnNode call) {
        String owner = Type.getObjectType(call.owner).getClassName();
        return LISTS.contains(owner) && (call.name.startsWith("add") || call.name.equals("push"))
                || owner.equals("java.util.Map") && call.name.equals("merge");
    }

    private List<FieldInsnNode> fieldsIn(List<SourceValue> operands) {
        List<FieldInsnNode> fields = new ArrayList<>();
        if (!operands.isEmpty()) {
            for (AbstractInsnNode source : flow.inOrder(operands.get(operands.size() - 1))) {
                if (source instanceof FieldInsnNode field && source.getOpcode() == Opcodes.GETFIELD) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }
}
