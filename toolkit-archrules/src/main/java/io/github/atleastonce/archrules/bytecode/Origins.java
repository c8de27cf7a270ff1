package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Follows the values of one analysed method back to their sources, through envelopes. */
final class Origins {

    private final MethodNode method;
    private final ControlFlow flow;
    private final Frame<SourceValue>[] frames;
    private final OriginInterpreter interpreter;
    private final Envelopes envelopes;

    Origins(MethodNode method, ControlFlow flow, OriginInterpreter interpreter, Envelopes envelopes) {
        this.method = method;
        this.flow = flow;
        this.frames = flow.frames();
        this.interpreter = interpreter;
        this.envelopes = envelopes;
    }

    /** The arguments of a call, receiver left out; empty if the call cannot be reached. */
    List<Origin> argumentsOf(AbstractInsnNode call, String descriptor) {
        return argumentValues(call, descriptor).stream()
                .map(value -> of(value, new HashSet<>()))
                .toList();
    }

    /** What a field is given, or a caller. */
    Origin stored(AbstractInsnNode taking) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(taking)];
        return frame == null ? Origin.none() : of(frame.getStack(frame.getStackSize() - 1), new HashSet<>());
    }

    private List<SourceValue> argumentValues(AbstractInsnNode call, String descriptor) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(call)];
        List<SourceValue> values = new ArrayList<>();
        if (frame != null) {
            int count = Type.getArgumentTypes(descriptor).length;
            for (int i = 0; i < count; i++) {
                values.add(frame.getStack(frame.getStackSize() - count + i));
            }
        }
        return values;
    }

    private Origin of(SourceValue value, Set<AbstractInsnNode> seen) {
        Origin origin = Origin.none();
        for (AbstractInsnNode source : flow.inOrder(value)) {
            if (seen.add(source)) {
                origin.add(of(source, seen));
            }
        }
        return origin;
    }

    private Origin of(AbstractInsnNode source, Set<AbstractInsnNode> seen) {
        Origin origin = Origin.none();
        OriginInterpreter.Parameter parameter = interpreter.parameter(source);
        if (parameter != null) {
            origin.types().add(parameter.type().getClassName());
            origin.parameters().add(indexOf(parameter.local()));
        } else if (source instanceof TypeInsnNode type && source.getOpcode() == Opcodes.NEW) {
            Origin content = contentOfNew(source, seen);
            origin.add(content);
            if (content.types().isEmpty()) {
                origin.types().add(Type.getObjectType(type.desc).getClassName());
                origin.made().add(Type.getObjectType(type.desc).getClassName());
            }
        } else if (source instanceof TypeInsnNode type && source.getOpcode() == Opcodes.CHECKCAST) {
            origin.types().add(Type.getObjectType(type.desc).getClassName());
        } else if (source instanceof TypeInsnNode && source.getOpcode() == Opcodes.ANEWARRAY) {
            origin.add(elementsOf(source, seen));
        } else if (source instanceof FieldInsnNode field) {
            origin.types().add(Type.getType(field.desc).getClassName());
        } else if (source instanceof LdcInsnNode constant) {
            addConstant(origin, constant.cst);
        } else if (source instanceof MethodInsnNode call) {
            Origin content = contentOfCall(call, seen);
            origin.add(content);
            if (content.types().isEmpty()) {
                origin.types().add(Type.getReturnType(call.desc).getClassName());
            }
        } else if (source instanceof InvokeDynamicInsnNode dynamic) {
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Handle handle) {
                    origin.handlers()
                            .add(Type.getObjectType(handle.getOwner()).getClassName() + "#" + handle.getName());
                }
            }
        }
        return origin;
    }

    private static void addConstant(Origin origin, Object constant) {
        if (constant instanceof String text) {
            origin.texts().add(text);
            origin.types().add("java.lang.String");
        } else if (constant instanceof Type type) {
            origin.classLiterals().add(type.getClassName());
        }
    }

    private int indexOf(int local) {
        int slot = (method.access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
        Type[] types = Type.getArgumentTypes(method.desc);
        for (int i = 0; i < types.length; i++) {
            if (slot == local) {
                return i;
            }
            slot += types[i].getSize();
        }
        return -1;
    }

    private Origin contentOfNew(AbstractInsnNode created, Set<AbstractInsnNode> seen) {
        Origin content = Origin.none();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof MethodInsnNode call
                    && call.name.equals("<init>")
                    && frames[method.instructions.indexOf(insn)] != null) {
                Frame<SourceValue> frame = frames[method.instructions.indexOf(insn)];
                int receiver = frame.getStackSize() - 1 - Type.getArgumentTypes(call.desc).length;
                if (receiver >= 0 && frame.getStack(receiver).insns.contains(created)) {
                    content.add(contentOfCall(call, seen));
                }
            }
        }
        return content;
    }

    private Origin contentOfCall(MethodInsnNode call, Set<AbstractInsnNode> seen) {
        Origin content = Origin.none();
        int count = Type.getArgumentTypes(call.desc).length;
        String owner = Type.getObjectType(call.owner).getClassName();
        List<Integer> wanted = envelopes.content(owner, call.name, count);
        if (!wanted.isEmpty()) {
            List<SourceValue> arguments = argumentValues(call, call.desc);
            wanted.stream()
                    .filter(index -> index < arguments.size())
                    .forEach(index -> content.add(of(arguments.get(index), new HashSet<>(seen))));
            envelopes.channel(owner, call.name, count).stream()
                    .filter(index -> index < arguments.size())
                    .forEach(index -> content.channels()
                            .addAll(of(arguments.get(index), new HashSet<>(seen))
                                    .texts()));
        } else if (isFluent(call)) {
            content.add(receiverContent(call, seen));
        }
        return content;
    }

    /** A builder's own result carries what the builder was given: {@code withPayload(x).setHeader(…).build()}. */
    private static boolean isFluent(MethodInsnNode call) {
        return call.owner.endsWith("Builder")
                && call.getOpcode() != Opcodes.INVOKESTATIC
                && !call.name.equals("<init>");
    }

    private Origin receiverContent(MethodInsnNode call, Set<AbstractInsnNode> seen) {
        Frame<SourceValue> frame = frames[method.instructions.indexOf(call)];
        Origin content = Origin.none();
        if (frame != null) {
            int receiver = frame.getStackSize() - 1 - Type.getArgumentTypes(call.desc).length;
            for (AbstractInsnNode source : flow.inOrder(frame.getStack(receiver))) {
                if (source instanceof MethodInsnNode builder && seen.add(source)) {
                    content.add(contentOfCall(builder, seen));
                }
            }
        }
        return content;
    }

    private Origin elementsOf(AbstractInsnNode array, Set<AbstractInsnNode> seen) {
        Origin elements = Origin.none();
        for (AbstractInsnNode insn : method.instructions) {
            Frame<SourceValue> frame =
                    insn.getOpcode() == Opcodes.AASTORE ? frames[method.instructions.indexOf(insn)] : null;
            if (frame != null && frame.getStack(frame.getStackSize() - 3).insns.contains(array)) {
                elements.add(of(frame.getStack(frame.getStackSize() - 1), new HashSet<>(seen)));
            }
        }
        return elements;
    }
}
