// A cluster as the production checklist asks; docs/scorecard.md names the points.
param location string
param name string
param workspaceId string
param admin string
param privateCluster bool
param apiServerRanges string[]
param spotPool bool
param systemVmSize string
param userVmSize string
param userMaxNodes int
param zones string[]

resource cluster 'Microsoft.ContainerService/managedClusters@2025-05-01' = {
  name: name
  location: location
  sku: {
    name: 'Base'
    tier: 'Standard'
  }
  identity: { type: 'SystemAssigned' }
  properties: {
    dnsPrefix: name
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        vmSize: systemVmSize
        osType: 'Linux'
        osSKU: 'AzureLinux'
        type: 'VirtualMachineScaleSets'
        availabilityZones: zones
        enableAutoScaling: true
        count: 2
        minCount: 2
        maxCount: 3
        // Workloads stay away from what the cluster itself needs.
        nodeTaints: ['CriticalAddonsOnly=true:NoSchedule']
        upgradeSettings: { maxSurge: '33%' }
      }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
      loadBalancerSku: 'standard'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: privateCluster
      authorizedIPRanges: privateCluster ? null : apiServerRanges
    }
    oidcIssuerProfile: { enabled: true }
    securityProfile: {
      workloadIdentity: { enabled: true }
      imageCleaner: {
        enabled: true
        intervalHours: 168
      }
    }
    aadProfile: {
      managed: true
      enableAzureRBAC: true
    }
    disableLocalAccounts: true
    autoUpgradeProfile: {
      upgradeChannel: 'patch'
      nodeOSUpgradeChannel: 'NodeImage'
    }
    addonProfiles: {
      omsagent: {
        enabled: true
        config: {
          logAnalyticsWorkspaceResourceID: workspaceId
          // The agent signs in as the cluster; without it the collection rule has no effect.
          useAADAuth: 'true'
        }
      }
      azurepolicy: { enabled: true }
    }
  }

  resource apps 'agentPools' = {
    name: 'apps'
    properties: {
      mode: 'User'
      vmSize: userVmSize
      osType: 'Linux'
      osSKU: 'AzureLinux'
      type: 'VirtualMachineScaleSets'
      availabilityZones: zones
      enableAutoScaling: true
      count: 2
      minCount: 2
      maxCount: userMaxNodes
      upgradeSettings: { maxSurge: '33%' }
    }
  }

  resource spot 'agentPools' = if (spotPool) {
    name: 'spot'
    properties: {
      mode: 'User'
      vmSize: userVmSize
      osType: 'Linux'
      osSKU: 'AzureLinux'
      type: 'VirtualMachineScaleSets'
      availabilityZones: zones
      scaleSetPriority: 'Spot'
      scaleSetEvictionPolicy: 'Delete'
      spotMaxPrice: json('-1')
      enableAutoScaling: true
      count: 0
      minCount: 0
      maxCount: userMaxNodes
      nodeLabels: { 'kubernetes.azure.com/scalesetpriority': 'spot' }
      nodeTaints: ['kubernetes.azure.com/scalesetpriority=spot:NoSchedule']
    }
  }
}

// Azure Kubernetes Service RBAC Cluster Admin.
var clusterAdmin = 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b'

resource administers 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: cluster
  name: guid(cluster.id, admin, clusterAdmin)
  properties: {
    principalId: admin
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', clusterAdmin)
  }
}

output name string = cluster.name
output issuer string = cluster.properties.oidcIssuerProfile.issuerURL
