/** A network for pictures that newer ones reach with a fraction of the work. */
export interface Backbone {
  /** Name as people know it. */
  readonly title: string;
  /** 10^9 multiply-adds of one picture at the native size, and parameters in millions. */
  readonly gmacs: number;
  readonly millions: number;
  /** Name in the model catalogue, where it is there. */
  readonly catalogue?: string;
}

/** One of the lighter networks that take its place. */
export interface LighterBackbone {
  readonly name: string;
  readonly gmacs: number;
  readonly top1: number;
}

/** Multiply-adds and parameters: torchvision 0.29.1, models/*.py `_ops` and `num_params` (ImageNet weights); keras.io, Applications, 2025. */
const BACKBONES: readonly (readonly [RegExp, Backbone])[] = [
  [/^vgg16(_bn)?$/, { title: 'VGG16', gmacs: 15.5, millions: 138, catalogue: 'vgg16' }],
  [/^vgg19(_bn)?$/, { title: 'VGG19', gmacs: 19.6, millions: 144, catalogue: 'vgg19' }],
  [/^vgg1[13](_bn)?$/, { title: 'VGG11/13', gmacs: 7.6, millions: 133, catalogue: 'vgg11' }],
  [/^resnet152(v2)?$/, { title: 'ResNet-152', gmacs: 11.5, millions: 60, catalogue: 'microsoft/resnet-152' }],
  [/^inceptionresnetv2$/, { title: 'Inception-ResNet v2', gmacs: 13.2, millions: 56 }],
  [/^nasnetlarge$/, { title: 'NASNet-Large', gmacs: 23.8, millions: 89 }],
  [/^wide_resnet101_2$/, { title: 'Wide ResNet-101', gmacs: 22.8, millions: 127 }],
  [/^vit_(h_14)$/, { title: 'ViT-H/14', gmacs: 167, millions: 632 }],
  [/^vit_l_(16|32)$/, { title: 'ViT-L', gmacs: 61.6, millions: 304, catalogue: 'google/vit-large-patch16-224' }],
];

/** Accuracy on ImageNet-1k: torchvision 0.29.1 weights; keras.io, Applications, 2025. VGG16 reaches 71.6 and 71.3, ResNet-152 82.3 and 76.6. */
const LIGHTER: Readonly<Record<'torchvision' | 'keras', readonly LighterBackbone[]>> = {
  torchvision: [
    { name: 'efficientnet_b0', gmacs: 0.39, top1: 77.7 },
    { name: 'resnet50', gmacs: 4.1, top1: 80.9 },
    { name: 'convnext_tiny', gmacs: 4.5, top1: 82.5 },
  ],
  keras: [
    { name: 'EfficientNetV2B0', gmacs: 0.72, top1: 78.7 },
    { name: 'MobileNetV3Large', gmacs: 0.22, top1: 75.6 },
    { name: 'ConvNeXtTiny', gmacs: 4.5, top1: 81.3 },
  ],
};

/** The backbone that a builder makes (`vgg16` of torchvision, `VGG16` of Keras); `undefined` for the others. */
export function backboneOf(builder: string): Backbone | undefined {
  const name = builder.toLowerCase();
  return BACKBONES.find(([pattern]) => pattern.test(name))?.[1];
}

export function lighterBackbones(library: 'torchvision' | 'keras'): readonly LighterBackbone[] {
  return LIGHTER[library];
}
